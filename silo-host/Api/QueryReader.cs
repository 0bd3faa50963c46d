using System.Globalization;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api;

/// <summary>Reads a query string; parameters that nobody asked for, or that are there twice, are faults: a misspelt filter must not widen a search.</summary>
internal struct QueryReader(HttpContext context)
{
    private static readonly Fault BadCursor = new(ErrorCodes.InvalidParameter, "is not one that a page gave", "cursor");

    private readonly IQueryCollection? _query = context.Request.QueryString.HasValue ? context.Request.Query : null;
    private List<string>? _known;
    private Fault? _fault;

    /// <summary>A text; null when absent.</summary>
    public string? Text(string name, int maxLength = WireLimits.NameLength)
    {
        if (_query is null) return null;
        (_known ??= []).Add(name);
        var values = _query[name];
        if (values.Count == 0) return null;
        if (values is [{ } text] && text.Length <= maxLength) return text;
        _fault ??= new Fault(ErrorCodes.InvalidParameter, $"must be there once, with at most {maxLength} characters", name);
        return null;
    }

    /// <summary>A whole number within bounds.</summary>
    public int Number(string name, int min, int max, int fallback)
    {
        if (Text(name) is not { } text) return fallback;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max) return value;
        _fault ??= new Fault(ErrorCodes.InvalidParameter, $"must be a whole number from {min} to {max}", name);
        return fallback;
    }

    /// <summary><c>true</c> or <c>false</c>; false when absent.</summary>
    public bool Flag(string name)
    {
        var text = Text(name);
        if (text is not (null or "true" or "false")) _fault ??= new Fault(ErrorCodes.InvalidParameter, "must be true or false", name);
        return text == "true";
    }

    /// <summary>The cursor of a page of jobs.</summary>
    public long? Cursor()
    {
        if (Text("cursor") is not { } text) return null;
        if (PageCursor.TryParse(text, out long value)) return value;
        _fault ??= BadCursor;
        return null;
    }

    /// <summary>The cursor of a page of batches.</summary>
    public BatchPosition? BatchCursor()
    {
        if (Text("cursor") is not { } text) return null;
        if (PageCursor.TryParse(text, out BatchPosition value)) return value;
        _fault ??= BadCursor;
        return null;
    }

    /// <summary>A state by name.</summary>
    public JobState? State()
    {
        if (Text("state") is not { } text) return null;
        if (StateNames.TryParse(text, out var state)) return state;
        _fault ??= new Fault(ErrorCodes.InvalidParameter, $"must be one of {string.Join(", ", JobStateNames.All)}", "state");
        return null;
    }

    /// <summary>How long to wait, in milliseconds; null when absent.</summary>
    public long? Wait()
    {
        if (Text("wait") is not { } text) return null;
        if (Duration.TryParse(text, out var value) && value.Milliseconds <= WireLimits.WaitMs) return value.Milliseconds;
        _fault ??= new Fault(ErrorCodes.InvalidParameter, "must be a duration of at most 5m, such as 30s", "wait");
        return null;
    }

    /// <summary>A length of time in milliseconds; 0 when absent.</summary>
    public long Span(string name)
    {
        if (Text(name) is not { } text) return 0;
        if (Duration.TryParse(text, out var value) && value.Milliseconds > 0) return value.Milliseconds;
        _fault ??= new Fault(ErrorCodes.InvalidParameter, "must be a duration longer than 0, such as 30m", name);
        return 0;
    }

    /// <summary>What is wrong with the query string, or null.</summary>
    public readonly Fault? Finish()
    {
        if (_fault is not null || _query is null) return _fault;
        foreach (var name in _query.Keys)
        {
            if (_known is null || !_known.Contains(name, StringComparer.OrdinalIgnoreCase))
                return new Fault(ErrorCodes.InvalidParameter, "is not known here", name);
        }

        return null;
    }
}
