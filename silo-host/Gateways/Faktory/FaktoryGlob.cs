namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>Patterns as Redis has them: <c>*</c> any text, <c>?</c> any character, <c>[a-z]</c> and <c>[^a-z]</c> one of these, <c>\</c> before a character meant as it is.</summary>
internal sealed class FaktoryGlob(string pattern)
{
    /// <summary>Whether a whole text is like the pattern. Takes at most the product of both lengths in time.</summary>
    public bool Matches(string text)
    {
        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && MatchesOne(p, text[t], out var next))
            {
                (p, t) = (next, t + 1);
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }

    private bool MatchesOne(int at, char c, out int next)
    {
        next = at + 1;
        switch (pattern[at])
        {
            case '?':
                return true;
            case '[':
                return MatchesSet(at + 1, c, out next);
            case '\\' when next < pattern.Length:
                return pattern[next++] == c;
            default:
                return pattern[at] == c;
        }
    }

    private bool MatchesSet(int at, char c, out int next)
    {
        var isNegated = at < pattern.Length && pattern[at] == '^';
        if (isNegated) at++;
        var isIn = false;
        while (at < pattern.Length && pattern[at] != ']')
        {
            if (pattern[at] == '\\' && at + 1 < pattern.Length) at++;
            var (from, to) = (pattern[at], pattern[at]);
            if (at + 2 < pattern.Length && pattern[at + 1] == '-') (to, at) = (pattern[at + 2], at + 2);
            isIn |= c >= Min(from, to) && c <= Max(from, to);
            at++;
        }

        next = Math.Min(at + 1, pattern.Length);
        return isIn != isNegated;
    }

    private static char Min(char a, char b) => a < b ? a : b;

    private static char Max(char a, char b) => a < b ? b : a;
}
