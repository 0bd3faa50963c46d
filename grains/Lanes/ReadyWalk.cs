namespace Worcr.Grains.Lanes;

/// <summary>A walk over the ready jobs of some strands, in their order, to one page of them.</summary>
internal sealed class ReadyWalk(BacklogRequest.Ready page, Queue<Strand> strands)
{
    private long _skip = page.Offset;

    /// <summary>The page as far as it is known.</summary>
    public List<Guid> Found { get; } = [];

    /// <summary>Where the next read of the strand starts.</summary>
    public long AfterSeq { get; private set; } = -1;

    /// <summary>The strand to read on in; null at the end of the page. Strands before the page are passed over by their counts.</summary>
    public Strand? NextStrand()
    {
        if (Found.Count >= page.Limit) return null;
        while (strands.TryPeek(out var strand))
        {
            if (AfterSeq >= 0 || strand.Ready > _skip) return strand;
            _skip -= strand.Ready;
            strands.Dequeue();
        }

        return null;
    }

    /// <summary>Takes note of a row of the strand.</summary>
    public void Pass(Job row, bool isReady)
    {
        AfterSeq = row.Seq;
        if (!isReady || _skip-- > 0 || Found.Count >= page.Limit) return;
        Found.Add(row.Id);
    }

    /// <summary>The strand has no further row.</summary>
    public void EndStrand()
    {
        strands.Dequeue();
        AfterSeq = -1;
    }
}
