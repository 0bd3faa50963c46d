using System.Text.Json;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>The uniqueness of a job.</summary>
internal ref partial struct JobParser
{
    private bool ReadUnique()
    {
        if (_json.TokenType != JsonTokenType.StartObject) return FailType("unique", "an object");
        var draft = new UniqueDraft();
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (!ReadUniqueMember(ref draft)) return false;
        }

        if (draft.Key is null) return Fail("unique.key", "is required");
        if (draft is { Until: UniqueUntil.Expired, ForMs: 0 }) return Fail("unique.for", "is required when until is expired");
        _draft.Unique = new UniquePolicy(draft.Key, draft.Until, draft.ForMs, draft.OnConflict);
        return true;
    }

    private bool ReadUniqueMember(ref UniqueDraft draft)
    {
        Span<byte> scratch = stackalloc byte[ScratchBytes];
        var name = Text(scratch);
        var field = UniqueDraft.FieldOf(name);
        if (field == 0) return FailUnknown("unique.", name);
        if ((draft.Seen & field) != 0) return FailTwice("unique." + UniqueDraft.NameOf(field));
        draft.Seen |= field;
        _json.Read();
        return ReadUniqueField(field, ref draft);
    }

    private bool ReadUniqueField(int field, ref UniqueDraft draft)
    {
        if (field == UniqueDraft.KeyField) return ReadString("unique.key", WireLimits.UniqueKeyLength, out draft.Key);
        if (_json.TokenType == JsonTokenType.Null) return true;
        return field switch
        {
            UniqueDraft.UntilField => ReadUntil(out draft.Until),
            UniqueDraft.ForField => ReadDuration("unique.for", 1, out draft.ForMs),
            _ => ReadConflict(out draft.OnConflict),
        };
    }

    private bool ReadUntil(out UniqueUntil until)
    {
        Span<byte> scratch = stackalloc byte[ScratchBytes];
        until = default;
        if (_json.TokenType != JsonTokenType.String) return FailType("unique.until", "a string");
        var text = Text(scratch);
        if (text.SequenceEqual("finished"u8)) until = UniqueUntil.Finished;
        else if (text.SequenceEqual("started"u8)) until = UniqueUntil.Started;
        else if (text.SequenceEqual("expired"u8)) until = UniqueUntil.Expired;
        else return Fail("unique.until", "must be started, finished or expired");
        return true;
    }

    private bool ReadConflict(out UniqueConflict conflict)
    {
        Span<byte> scratch = stackalloc byte[ScratchBytes];
        conflict = default;
        if (_json.TokenType != JsonTokenType.String) return FailType("unique.onConflict", "a string");
        var text = Text(scratch);
        if (text.SequenceEqual("return"u8)) conflict = UniqueConflict.Return;
        else if (text.SequenceEqual("reject"u8)) conflict = UniqueConflict.Reject;
        else if (text.SequenceEqual("replace"u8)) conflict = UniqueConflict.Replace;
        else return Fail("unique.onConflict", "must be return, reject or replace");
        return true;
    }
}
