using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace BorderInfo.Server.Reports.Export;

/// <summary>The draft as a document by the layout of Decree 30/2020/NĐ-CP.</summary>
/// <remarks>
/// A4 upright; margins 20 mm above and below, 30 mm left, 15 mm right; Times New Roman 14, justified; page numbers in the middle of the upper margin, none on the first page.
/// Source: Decree 30/2020/NĐ-CP, appendix I; sizes of the single parts are to be confirmed by the office that signs.
/// </remarks>
internal static class Docx
{
    private const string Body = "28", Small = "26", Cells = "24";

    public static byte[] Write(HalfYearDraft draft)
    {
        using var bytes = new MemoryStream();
        using (var file = WordprocessingDocument.Create(bytes, WordprocessingDocumentType.Document))
        {
            var main = file.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = Styles();
            var header = main.AddNewPart<HeaderPart>();
            header.Header = new Header(PageNumber());
            var body = new Body(Masthead(draft));
            body.Append(Title(draft));
            body.Append(draft.Paragraphs.Select(Paragraph));
            body.Append(Signature(draft));
            body.Append(draft.Annexes.SelectMany(Annex));
            body.Append(new SectionProperties(
                new HeaderReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(header) },
                new PageSize { Width = 11906, Height = 16838 },
                new PageMargin { Top = 1134, Bottom = 1134, Left = 1701, Right = 851, Header = 567, Footer = 567, Gutter = 0 },
                new TitlePage()));
            main.Document = new Document(body);
        }

        return bytes.ToArray();
    }

    private static Table Masthead(HalfYearDraft draft)
    {
        var parts = draft.Agency.Split('|');
        // Agency, its parent, number, draft mark | country, motto, place and day: texts of one key each, parted by bars.
        return Borderless(
            [Text(parts[0], Small, false), Text(parts[1], Small, true), Text(parts[2], Small, false), Text(parts[3], Body, true)],
            [Text(parts[4], Small, true), Text(parts[5], Body, true), Text(parts[6], Body, false, italic: true)]);
    }

    private static IEnumerable<OpenXmlElement> Title(HalfYearDraft draft) =>
        [Centred(draft.Title, Body, 240), Centred(draft.Subtitle, Body, 0), Line([Text("", Body, false)], JustificationValues.Center, 0, 120)];

    private static OpenXmlElement Paragraph(DraftLine line) => line.Level switch
    {
        DraftLevel.Text => Line([Text(line.Text, Body, false)], JustificationValues.Both, 0, 120, indent: true),
        DraftLevel.Subsection => Line([Text(line.Text, Body, true, italic: true)], JustificationValues.Both, 60, 60, indent: true, keep: true),
        _ => Line([Text(line.Text, Body, true)], JustificationValues.Both, 120, 60, indent: line.Level == DraftLevel.Section, keep: true),
    };

    private static Table Signature(HalfYearDraft draft)
    {
        var parts = draft.Agency.Split('|');
        return Borderless([Text(parts[7], Cells, true, italic: true), Text(parts[8], "22", false)], [Text(parts[9], Body, true)]);
    }

    private static IEnumerable<OpenXmlElement> Annex(DraftTable table)
    {
        yield return new Paragraph(new ParagraphProperties(new PageBreakBefore(), new SpacingBetweenLines { After = "60" }, new Justification { Val = JustificationValues.Center }), Text(table.Name, Body, true));
        yield return Centred(table.Title, Body, 0);
        var grid = new Table(new TableProperties(new TableWidth { Type = TableWidthUnitValues.Pct, Width = "5000" }, Borders(BorderValues.Single)), new TableGrid(table.Columns.Select(_ => new GridColumn())));
        grid.Append(Row(table.Columns, bold: true, heading: true));
        grid.Append(table.Rows.Select(r => Row(r, bold: false, heading: false)));
        yield return grid;
    }

    private static TableRow Row(IReadOnlyList<string> cells, bool bold, bool heading)
    {
        var row = new TableRow();
        row.Append(heading ? new TableRowProperties(new CantSplit(), new TableHeader()) : new TableRowProperties(new CantSplit()));
        row.Append(cells.Select(c => new TableCell(new Paragraph(Text(c, Cells, bold)))));
        return row;
    }

    private static Table Borderless(Run[] left, Run[] right) => new(
        new TableProperties(new TableWidth { Type = TableWidthUnitValues.Pct, Width = "5000" }, Borders(BorderValues.None)),
        new TableGrid(new GridColumn { Width = "3900" }, new GridColumn { Width = "5450" }),
        new TableRow(Side(left, "3900"), Side(right, "5450")));

    private static TableCell Side(Run[] lines, string width)
    {
        var cell = new TableCell(new TableCellProperties(new TableCellWidth { Type = TableWidthUnitValues.Dxa, Width = width }));
        cell.Append(lines.Select(l => Line([l], JustificationValues.Center, 0, 0)));
        return cell;
    }

    private static TableBorders Borders(BorderValues kind) => new(
        new TopBorder { Val = kind, Size = 4 }, new LeftBorder { Val = kind, Size = 4 }, new BottomBorder { Val = kind, Size = 4 }, new RightBorder { Val = kind, Size = 4 },
        new InsideHorizontalBorder { Val = kind, Size = 4 }, new InsideVerticalBorder { Val = kind, Size = 4 });

    private static Paragraph PageNumber() => new(
        new ParagraphProperties(new Justification { Val = JustificationValues.Center }), new SimpleField(Text("2", Small, false)) { Instruction = " PAGE " });

    private static Paragraph Centred(string text, string size, int before) => Line([Text(text, size, true)], JustificationValues.Center, before, 60);

    private static Paragraph Line(IEnumerable<Run> runs, JustificationValues side, int before, int after, bool indent = false, bool keep = false)
    {
        var look = new ParagraphProperties();
        if (keep)
            look.Append(new KeepNext());
        look.Append(new SpacingBetweenLines { Before = $"{before}", After = $"{after}" });
        if (indent)
            look.Append(new Indentation { FirstLine = "567" });
        look.Append(new Justification { Val = side });
        var line = new Paragraph(look);
        line.Append(runs);
        return line;
    }

    private static Run Text(string text, string size, bool bold, bool italic = false) => new(Look(size, bold, italic), new Text(FileText.Of(text)) { Space = SpaceProcessingModeValues.Preserve });

    private static RunProperties Look(string size, bool bold, bool italic = false)
    {
        var look = new RunProperties(new RunFonts { Ascii = "Times New Roman", HighAnsi = "Times New Roman", ComplexScript = "Times New Roman" });
        if (bold)
            look.Append(new Bold());
        if (italic)
            look.Append(new Italic());
        look.Append(new FontSize { Val = size });
        return look;
    }

    private static Styles Styles() => new(new DocDefaults(new RunPropertiesDefault(new RunPropertiesBaseStyle(
        new RunFonts { Ascii = "Times New Roman", HighAnsi = "Times New Roman", ComplexScript = "Times New Roman" }, new FontSize { Val = Body }, new Languages { Val = "vi-VN" }))));
}
