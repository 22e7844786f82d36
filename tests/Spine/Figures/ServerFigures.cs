using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace BorderInfo.Tests.Spine.Figures;

/// <summary>The server: start to first answer, memory at rest, and the map page with 1,000 clusters in headless Chromium.</summary>
public sealed class ServerFigures
{
    private const int Clusters = 1000, Times = 10, Fresh = 3;

    [BenchFact]
    public async Task Server()
    {
        var sheet = new Sheet($"the server with {Clusters} clusters");
        var fresh = new List<double>();
        for (var round = 0; round < Fresh; round++)
        {
            await using var empty = new Gate();
            fresh.Add(await Start(empty));
        }

        sheet.Row("start → /healthz answers, empty data folder", fresh, "s", 5);
        await using var gate = new Gate();
        await Start(gate);
        using (var admin = await Office.Enter(gate.Address, await gate.FirstLink()))
            await Seed(admin);
        await gate.Server!.Stop();
        var (again, cpu) = (new List<double>(), new List<double>());
        for (var round = 0; round < Times; round++)
        {
            again.Add(await Start(gate));
            cpu.Add(ProcessMeter.CpuSeconds(gate.Server!.Id));
            if (round < Times - 1)
                await gate.Server!.Stop();
        }

        sheet.Row($"start → /healthz answers, {Clusters} clusters", again, "s", 5);
        sheet.Row("  processor time of it, whatever else the machine did", cpu, "s");
        sheet.Row("memory in RAM after the start, at rest", await Rest(gate), "MB", 300);
        var (first, later) = await Map(gate);
        sheet.Row($"map page usable, {Clusters} clusters, empty browser cache", first, "s", 1.5);
        sheet.Row($"map page usable, {Clusters} clusters, again", later, "s", 1.5);
        sheet.Row($"memory in RAM after {first.Count + later.Count} map pages, at rest", await Rest(gate), "MB", 300);
        sheet.Row("  broker beside it", [.. ProcessMeter.Below(gate.Server!.Id, "mosquitto").Select(ProcessMeter.Rss)], "MB");
        sheet.End();
    }

    private static async Task<double> Start(Gate gate)
    {
        var began = Stopwatch.GetTimestamp();
        await gate.StartServer(sample: false);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>A cluster in each of so many communes of the official list, all over the country.</summary>
    private static async Task Seed(Office admin)
    {
        var communes = File.ReadLines(Path.Combine(Gate.Root, "content", "geo", "communes.csv")).Skip(1).Select(l => l.Split(',')).ToArray();
        var step = communes.Length / Clusters;
        for (var i = 0; i < Clusters; i++)
        {
            var commune = communes[i * step];
            await admin.Post("/api/v1/clusters", new
            {
                name = string.Create(CultureInfo.InvariantCulture, $"Cụm đo {i + 1}"), kind = "grassroots", provinceCode = commune[3], communeCode = commune[0],
                lat = double.Parse(commune[6], CultureInfo.InvariantCulture), lon = double.Parse(commune[7], CultureInfo.InvariantCulture),
                tags = Array.Empty<string>(), owner = "", @operator = "", monitoredBy = "",
            });
        }
    }

    private static async Task<List<double>> Rest(Gate gate)
    {
        var memory = new List<double>();
        for (var second = 0; second < 40; second += 10)
        {
            await Task.Delay(TimeSpan.FromSeconds(10));
            memory.Add(ProcessMeter.Rss(gate.Server!.Id));
        }

        return memory;
    }

    /// <summary>Seconds from the start of the navigation until the page says that outlines, marks and list are drawn.</summary>
    private static async Task<(List<double> First, List<double> Later)> Map(Gate gate)
    {
        var (first, later) = (new List<double>(), new List<double>());
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
        await using var entrance = await browser.NewContextAsync();
        var door = await entrance.NewPageAsync();
        await door.GotoAsync(gate.Address + await gate.FirstLink());
        await door.ClickAsync("form button.btn-primary");
        var session = await entrance.StorageStateAsync();
        for (var round = 0; round < Times; round++)
        {
            await using var context = await browser.NewContextAsync(new() { StorageState = session, ViewportSize = new() { Width = 1280, Height = 900 } });
            var page = await context.NewPageAsync();
            foreach (var list in new[] { first, later })
            {
                await page.GotoAsync(gate.Address + "/ban-do");
                await page.WaitForSelectorAsync("#map[data-ready]");
                list.Add(await page.EvaluateAsync<double>("() => +document.getElementById('map').dataset.ready") / 1000);
            }
        }

        return (first, later);
    }
}
