using System.Runtime.InteropServices;

namespace Hotline.Triage.Model;

/// <summary>All features that training has seen: number, key, readable text, and in how many messages each stands.</summary>
internal sealed class FeatureTable
{
    private readonly Dictionary<ulong, int> _numbers = [];
    private readonly List<(ulong Key, FeatureKind Kind, string Text)> _features = [];
    private readonly List<int> _messages = [];

    public int Count => _features.Count;

    public (ulong Key, FeatureKind Kind, string Text) this[int number] => _features[number];

    public int MessagesWith(int number) => _messages[number];

    public int NumberOf(Feature feature, Func<Feature, string> readable)
    {
        if (!_numbers.TryGetValue(feature.Key, out var number))
        {
            number = _features.Count;
            _numbers.Add(feature.Key, number);
            _features.Add((feature.Key, feature.Kind, readable(feature)));
            _messages.Add(0);
        }

        return number;
    }

    public void CountMessage(int number) => CollectionsMarshal.AsSpan(_messages)[number]++;
}
