using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Notes;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Scheduling.Offers;

/// <summary>Services and menu entry of offers and meetings, for <see cref="SchedulingSlice"/>.</summary>
internal static class OfferServices
{
    public static void AddOffers(this IServiceCollection services)
    {
        services.AddScoped<OfferBook>();
        services.AddScoped<IPriorityDecisions>(s => s.GetRequiredService<OfferBook>());
        services.AddScoped<OfferWords>();
        services.AddScoped<AnswerDesk>();
        services.AddScoped<MakeOffer>();
        services.AddScoped<WithdrawOffer>();
        services.AddScoped<AcceptOffer>();
        services.AddScoped<DeclineOffer>();
        services.AddScoped<TakeBackAnswer>();
        services.AddScoped<DecideMeeting>();
        services.AddScoped<ITellNotes, OfferNotes>();
        services.AddSingleton(new NavEntry(54, "/de-nghi-phat", "offer.nav", "mailbox", Roles.Editor, Roles.Approver, Roles.Administrator));
    }
}
