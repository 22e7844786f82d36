using Microsoft.AspNetCore.Components;
using QRCoder;

namespace BorderInfo.Server.Platform.Pages;

/// <summary>A QR code as SVG: drawn here, so that what it says goes to no other program.</summary>
public static class QrPicture
{
    /// <param name="sizing">By default it fills the width it is given.</param>
    public static MarkupString Svg(string text, SvgQRCode.SizingMode sizing = SvgQRCode.SizingMode.ViewBoxAttribute)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return new(code.GetGraphic(4, "#000", "#fff", drawQuietZones: true, sizing));
    }
}
