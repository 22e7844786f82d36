using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Messaging.Public;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static BorderInfo.Tests.Server.Fleet.FleetUnderTest;

namespace BorderInfo.Tests.Server.Fleet;

/// <summary>A computer that is enrolled in the very moment in which the site is cut off.</summary>
public sealed class EnrolRaceTests
{
    [Fact]
    public async Task What_is_called_revoked_opens_nothing()
    {
        await using var fleet = await Start();
        var technician = await fleet.Browser(Roles.Technician);
        await fleet.Enrolled(LangSon);
        var wrong = new List<string>();

        for (var round = 0; round < 12; round++)
        {
            fleet.Clock.Advance(TimeSpan.FromMinutes(2));
            var code = await fleet.Code(LangSon);
            var late = Task.Run(async () =>
            {
                for (var turn = 0; turn < round * 3; turn++)
                    await Task.Yield();
                return await technician.DeleteAsync("/api/v1/sites/LS-0001/certificates");
            });
            var enrolled = await fleet.Enrol(LangSon, code);
            var cut = await late;
            Assert.Equal(HttpStatusCode.OK, enrolled.StatusCode);

            using var made = X509Certificate2.CreateFromPem((await enrolled.Content.ReadFromJsonAsync(ContractJson.Wire.EnrolDone))!.CertificatePem);
            var opens = fleet.Services.GetRequiredService<ISiteCertificates>().Recognises(made, out _);
            var revoked = await fleet.WithDb(db => db.Set<SiteRow>().Where(s => s.Site == LangSon.Value).Select(s => s.Revoked).SingleAsync());
            if (opens && revoked)
                wrong.Add($"round {round}: cut {cut.StatusCode}");
            if (revoked)
                await fleet.Enrolled(LangSon);
        }

        Assert.Empty(wrong);
    }
}
