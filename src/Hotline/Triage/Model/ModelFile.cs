using System.Globalization;
using System.Text;
using Hotline.Sources;

namespace Hotline.Triage.Model;

/// <summary>
/// The model as text: one feature a line, <c>kind TAB text TAB offer TAB urgent</c> in thousandths, and a threshold for each
/// script. Anyone can read what weighs and how much.
/// </summary>
internal static class ModelFile
{
    public const string Name = "dialogs/triage/model.txt";

    private const string Threshold = "threshold";
    private const string First = "# The statistical model of the triage, made by './hotline train'. Do not edit: train again.\n"
        + "# threshold SCRIPT AGREE OFFER URGENT, then KIND TEXT OFFER URGENT in thousandths: r run of letters (_ = edge or space, 0 = digit), w word, c concept, p two concepts, o one after the other, h rule, s script\n";

    public static string Write(IEnumerable<(FeatureKind Kind, string Text, ModelWeight Weight)> weights, IReadOnlyList<ModelThreshold> thresholds)
    {
        var text = new StringBuilder(First);
        for (var script = 0; script < ModelScripts.Count; script++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Threshold}\t{(ModelScript)script}\t{thresholds[script].Agree:0.000}\t{thresholds[script].Offer:0.000}\t{thresholds[script].Urgent:0.000}\n");
        }

        foreach (var (kind, feature, weight) in weights.OrderBy(w => w.Kind).ThenBy(w => w.Text, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{(char)kind}\t{feature}\t{weight.Offer}\t{weight.Urgent}\n");
        }

        return text.ToString();
    }

    /// <summary>The model, or <c>null</c> after every fault went to the bag.</summary>
    public static TriageModel? Read(SourceText file, ModelFeatures features, IReadOnlyCollection<string> concepts, DiagnosticBag bag)
    {
        var weights = new Dictionary<ulong, ModelWeight>();
        var scripts = new ModelWeight[ModelScripts.Count];
        var thresholds = Enumerable.Repeat(ModelThreshold.Never, ModelScripts.Count).ToArray();
        var known = concepts.ToHashSet(StringComparer.Ordinal);
        var number = 0;
        var well = true;
        foreach (var part in file.Text.AsSpan().EnumerateLines())
        {
            number++;
            if (part.IsEmpty || part[0] == '#')
            {
                continue;
            }

            var cells = part.ToString().Split('\t');
            var fault = cells switch
            {
                [Threshold, var script, var agree, var offer, var urgent] => Cut(script, [agree, offer, urgent], thresholds),
                [[var kind], { Length: > 0 } text, var offer, var urgent] => Weight((FeatureKind)kind, text, offer, urgent),
                _ => "four cells with a TAB between are wanted",
            };
            if (fault is not null && well)
            {
                bag.Error(DiagnosticCodes.BadModel, new(file.File, number, 1), fault, "make it again with './hotline train'");
                well = false;
            }
        }

        return well ? new(features, weights, scripts, thresholds) : null;

        string? Weight(FeatureKind kind, string text, string offer, string urgent)
        {
            if (!int.TryParse(offer, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var first)
                || !int.TryParse(urgent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var second)
                || Math.Abs((long)first) > 1_000_000 || Math.Abs((long)second) > 1_000_000)
            {
                return "a weight is no whole number up to a million";
            }

            if (kind == FeatureKind.Script)
            {
                if (!Enum.TryParse<ModelScript>(text, out var script) || !Enum.IsDefined(script))
                {
                    return $"the script '{text}' is not known";
                }

                scripts[(int)script] = new(first, second);
                return null;
            }

            if (!Enum.IsDefined(kind))
            {
                return $"the kind '{(char)kind}' is not known";
            }

            if (kind is FeatureKind.Concept or FeatureKind.Pair or FeatureKind.Order && text.Split('+', '>').FirstOrDefault(c => !known.Contains(c)) is { } stranger)
            {
                return $"the concept '{stranger}' is not in rules.yaml";
            }

            return weights.TryAdd(FeatureHash.OfText(kind, text), new(first, second)) ? null : $"'{text}' stands twice";
        }
    }

    private static string? Cut(string script, string[] cells, ModelThreshold[] thresholds)
    {
        if (!Enum.TryParse<ModelScript>(script, out var of) || !Enum.IsDefined(of))
        {
            return $"the script '{script}' is not known";
        }

        var cuts = new double[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            if (!double.TryParse(cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out cuts[i]) || !double.IsFinite(cuts[i]))
            {
                return "a threshold is no number";
            }
        }

        thresholds[(int)of] = new(cuts[0], cuts[1], cuts[2]);
        return null;
    }
}
