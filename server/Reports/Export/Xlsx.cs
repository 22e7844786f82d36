using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace BorderInfo.Server.Reports.Export;

/// <summary>Tables as a workbook: one sheet each, real numbers and days, a head with period, unit, time and cut-off, the columns fixed while scrolling.</summary>
internal static class Xlsx
{
    // Places in the list of cell formats below.
    private const uint Plain = 0, TitleStyle = 1, HeadStyle = 2, WholeStyle = 3, LengthStyle = 4, ShareStyle = 5, DayStyle = 6, BoldText = 7, BoldWhole = 8, BoldLength = 9, BoldShare = 10, Wrapped = 11;

    public static byte[] Write(params ReportTable[] tables)
    {
        using var bytes = new MemoryStream();
        using (var file = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            var book = file.AddWorkbookPart();
            book.Workbook = new Workbook(new Sheets());
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            for (var i = 0; i < tables.Length; i++)
            {
                var part = book.AddNewPart<WorksheetPart>();
                part.Worksheet = Sheet(tables[i]);
                book.Workbook.Sheets!.Append(new Sheet { Id = book.GetIdOfPart(part), SheetId = (uint)i + 1, Name = SheetName(tables[i].Title, i) });
            }
        }

        return bytes.ToArray();
    }

    private static Worksheet Sheet(ReportTable table)
    {
        var data = new SheetData();
        data.Append(Line([(table.Title, TitleStyle)]));
        foreach (var head in table.Head)
            data.Append(Line([(head, Plain)]));
        data.Append(new Row());
        var fixedRows = table.Head.Count + 3;
        data.Append(Line(table.Columns.Select(c => ((object?)c.Name, HeadStyle))));
        foreach (var row in table.Rows)
            data.Append(Line(row.Select((cell, i) => (cell, StyleOf(table.Columns[i].Kind, bold: false)))));
        if (table.Total is { } total)
            data.Append(Line(total.Select((cell, i) => (cell, StyleOf(table.Columns[i].Kind, bold: true)))));
        data.Append(new Row());
        foreach (var note in table.Notes)
            data.Append(Line([(note, Plain)]));
        var pane = new Pane { VerticalSplit = fixedRows, TopLeftCell = string.Create(CultureInfo.InvariantCulture, $"A{fixedRows + 1}"), ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen };
        var columns = table.Columns.Select((c, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = c.Kind == ColumnKind.Text ? 42 : 16, CustomWidth = true });
        return new Worksheet(new SheetViews(new SheetView(pane) { WorkbookViewId = 0 }), new Columns(columns), data, new PageSetup { PaperSize = 9, Orientation = OrientationValues.Landscape });
    }

    private static Row Line(IEnumerable<(object? Value, uint Style)> cells) => new(cells.Select(c => Cell(c.Value, c.Style)));

    private static Cell Cell(object? value, uint style) => value switch
    {
        null => new Cell { StyleIndex = style },
        DateOnly day => Number(day.ToDateTime(default).ToOADate(), style),
        // A part of a day, shown as [h]:mm:ss by its format: sums of it work.
        TimeSpan length => Number(length.TotalDays, style),
        double number => Number(number, style),
        long number => Number(number, style),
        _ => new Cell { StyleIndex = style, DataType = CellValues.InlineString, InlineString = new InlineString(new Text(FileText.Of(value.ToString()!)) { Space = SpaceProcessingModeValues.Preserve }) },
    };

    private static Cell Number(double value, uint style) => new() { StyleIndex = style, CellValue = new CellValue(value.ToString("R", CultureInfo.InvariantCulture)) };

    private static uint StyleOf(ColumnKind kind, bool bold) => (kind, bold) switch
    {
        (ColumnKind.Whole, false) => WholeStyle,
        (ColumnKind.Whole, true) => BoldWhole,
        (ColumnKind.Length, false) => LengthStyle,
        (ColumnKind.Length, true) => BoldLength,
        (ColumnKind.Share, false) => ShareStyle,
        (ColumnKind.Share, true) => BoldShare,
        (ColumnKind.Day, _) => DayStyle,
        (_, true) => BoldText,
        _ => Wrapped,
    };

    /// <summary>At most 31 letters, none of those a sheet's name may not have.</summary>
    private static string SheetName(string title, int i)
    {
        var name = string.Concat(title.Where(c => !@"[]:*?/\'".Contains(c, StringComparison.Ordinal)));
        return name.Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"{i + 1}") : name[..Math.Min(31, name.Length)];
    }

    private static Stylesheet Styles()
    {
        var fonts = new Fonts(FontOf(false, 11), FontOf(true, 11), FontOf(true, 14));
        var fills = new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            new Fill(new PatternFill(new ForegroundColor { Rgb = "FFE8EEF5" }) { PatternType = PatternValues.Solid }));
        var borders = new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()));
        var formats = new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "dd/mm/yyyy" });
        var cells = new CellFormats(
            Format(0, 0), Format(0, 2), Format(0, 1, fill: 2, wrap: true), Format(3, 0), Format(46, 0), Format(10, 0), Format(164, 0),
            Format(0, 1), Format(3, 1), Format(46, 1), Format(10, 1), Format(0, 0, wrap: true));
        return new Stylesheet(formats, fonts, fills, borders, new CellStyleFormats(new CellFormat()), cells);
    }

    private static Font FontOf(bool bold, double size)
    {
        var font = new Font();
        if (bold)
            font.Append(new Bold());
        font.Append(new FontSize { Val = size }, new FontName { Val = "Times New Roman" });
        return font;
    }

    private static CellFormat Format(uint number, uint font, uint fill = 0, bool wrap = false)
    {
        var format = new CellFormat { NumberFormatId = number, FontId = font, FillId = fill, BorderId = 0, FormatId = 0, ApplyNumberFormat = number > 0, ApplyFont = font > 0, ApplyFill = fill > 0 };
        if (wrap)
            (format.Alignment, format.ApplyAlignment) = (new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top }, true);
        return format;
    }
}
