using System.Text.Json.Serialization;

namespace BorderInfo.Contract.Plans;

/// <summary>In which order an entry's items are shown or said.</summary>
[JsonConverter(typeof(StrictWords<PlayOrder>))]
public enum PlayOrder
{
    /// <summary>As listed.</summary>
    Listed,

    /// <summary>Shuffled once by the entry's seed.</summary>
    Shuffled,
}

/// <summary>Pure: the places of an entry's list in the order of one round.</summary>
internal static class Playlist
{
    public static IReadOnlyList<int> Of(PlanEntry entry)
    {
        var places = Enumerable.Range(0, entry.Items.Count).ToArray();
        if (entry.Order == PlayOrder.Shuffled)
            Shuffle(places, entry.Seed);
        return entry.Weights.Count == 0 ? places : Spread(places, entry.Weights);
    }

    /// <summary>Fisher–Yates by SplitMix64 (Steele, Lea, Flood 2014), so that no library's random numbers are part of the contract.</summary>
    private static void Shuffle(int[] places, int seed)
    {
        var state = unchecked((ulong)seed);
        for (var i = places.Length - 1; i > 0; i--)
        {
            state += 0x9E3779B97F4A7C15;
            var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            var other = (int)((z ^ (z >> 31)) % (ulong)(i + 1));
            (places[i], places[other]) = (places[other], places[i]);
        }
    }

    /// <summary>Each turn goes to the item that is furthest behind its weight; of equal ones to the first.</summary>
    private static List<int> Spread(int[] places, IReadOnlyList<int> weights)
    {
        var total = places.Sum(p => weights[p]);
        var behind = new int[places.Length];
        var round = new List<int>(total);
        while (round.Count < total)
        {
            var next = 0;
            for (var i = 0; i < places.Length; i++)
            {
                behind[i] += weights[places[i]];
                next = behind[i] > behind[next] ? i : next;
            }

            behind[next] -= total;
            round.Add(places[next]);
        }

        return round;
    }
}
