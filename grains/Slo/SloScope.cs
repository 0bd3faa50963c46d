namespace Worcr.Grains.Slo;

/// <summary>Of what an objective is judged.</summary>
internal enum SloScope
{
    Type,
    Tenant,
}
