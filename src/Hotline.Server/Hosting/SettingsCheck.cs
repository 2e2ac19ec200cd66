using System.Reflection;

namespace Hotline.Server.Hosting;

/// <summary>A section of ours and the class that it binds to.</summary>
/// <param name="Bind">Binds and validates it; throws what is wrong.</param>
internal sealed record KnownSection(string Name, Type Options, Action<IServiceProvider> Bind);

/// <summary>
/// Finds keys in our sections that no option class knows: a mistyped <c>Twilio:Chanels</c> stops the start instead of
/// running a line that answers nobody.
/// </summary>
internal static class SettingsCheck
{
    public static IReadOnlyList<string> FindUnknown(IConfiguration configuration, IEnumerable<KnownSection> sections)
    {
        var faults = new List<string>();
        foreach (var section in sections)
        {
            Walk(configuration.GetSection(section.Name), section.Options, faults);
        }

        return faults;
    }

    private static void Walk(IConfigurationSection section, Type type, List<string> faults)
    {
        foreach (var child in section.GetChildren())
        {
            if (ElementOf(type) is { } element)
            {
                WalkValue(child, element, faults);
                continue;
            }

            var property = Array.Find(
                type.GetProperties(BindingFlags.Instance | BindingFlags.Public),
                p => p.CanWrite && p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                faults.Add($"{child.Path} is not a setting; known here: {string.Join(", ", Names(type))}");
            }
            else
            {
                WalkValue(child, property.PropertyType, faults);
            }
        }
    }

    private static void WalkValue(IConfigurationSection section, Type type, List<string> faults)
    {
        if (ElementOf(type) is not null || type.Namespace?.StartsWith("Hotline", StringComparison.Ordinal) == true && !type.IsEnum)
        {
            Walk(section, type, faults);
        }
    }

    /// <summary>The type of the values of a list or dictionary, else <c>null</c>.</summary>
    private static Type? ElementOf(Type type) =>
        type == typeof(string) ? null
        : type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetInterfaces().Append(type).Any(i => i == typeof(System.Collections.IEnumerable)) ? type.GetGenericArguments()[^1]
        : null;

    private static IEnumerable<string> Names(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(p => p.CanWrite).Select(p => p.Name).Order(StringComparer.Ordinal);
}
