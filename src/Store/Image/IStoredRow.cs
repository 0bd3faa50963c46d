namespace Worcr.Store.Image;

/// <summary>The row at which a reader of a backend stands; columns are numbered from 0.</summary>
internal interface IStoredRow
{
    bool IsNull(int column);

    bool Bool(int column);

    short Small(int column);

    int Int(int column);

    long Long(int column);

    double Double(int column);

    Guid Guid(int column);

    string Text(int column);

    ReadOnlySpan<byte> Blob(int column);

    /// <summary>A copy, or null.</summary>
    byte[]? Bytes(int column);
}
