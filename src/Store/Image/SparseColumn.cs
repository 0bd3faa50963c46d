namespace Worcr.Store.Image;

/// <summary>
/// A column that mostly holds its default: nothing is kept until a row differs. An empty <see cref="Values"/> costs PostgreSQL nothing
/// (lockstep <c>unnest</c> pads with nulls, which the statement replaces by the default).
/// </summary>
internal sealed class SparseColumn<T>(int count, T usual)
{
    private T[]? _values;

    /// <summary>All values, or an empty array when every row has the default.</summary>
    public T[] Values => _values ?? [];

    /// <summary>One row's value.</summary>
    public T this[int row]
    {
        get => _values is null ? usual : _values[row];
        set
        {
            if (_values is null)
            {
                if (EqualityComparer<T>.Default.Equals(value, usual)) return;
                _values = new T[count];
                Array.Fill(_values, usual);
            }

            _values[row] = value;
        }
    }
}
