namespace Hotline.Resources;

/// <summary>Helplines and services that may be shown today: verified and not expired.</summary>
public sealed class ResourceDirectory
{
    public static ResourceDirectory Empty { get; } = new();
}
