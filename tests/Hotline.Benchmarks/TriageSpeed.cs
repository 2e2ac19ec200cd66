using System.Diagnostics;
using Hotline.Localization;
using Hotline.Sources;
using Hotline.Text;
using Hotline.Triage;

namespace Hotline.Benchmarks;

/// <summary>The triage alone: how long its files take to compile, and one message of about 60 characters in each language.</summary>
internal static class TriageSpeed
{
    private const int Rounds = 20_000;

    private static readonly (LanguageTag Language, string Text)[] Messages =
    [
        (LanguageTag.English, "Hello, my friend works in a factory and asks about a permit"),
        (LanguageTag.Thai, "สวัสดีค่ะ อยากทราบว่าทำงานโรงงานที่ญี่ปุ่นเงินเดือนเท่าไหร่คะ"),
        (LanguageTag.Burmese, "မင်္ဂလာပါ ထိုင်းမှာ အလုပ်လုပ်ချင်ပါတယ် ဘယ်လို လျှောက်ရမလဲရှင့်"),
        (LanguageTag.Khmer, "សួស្តី ខ្ញុំចង់ទៅធ្វើការនៅប្រទេសថៃ តើត្រូវការឯកសារអ្វីខ្លះ"),
        (LanguageTag.Lao, "ສະບາຍດີ ຂ້ອຍຢາກໄປເຮັດວຽກຢູ່ໄທ ຕ້ອງການເອກະສານຫຍັງແດ່ ຂອບໃຈ"),
        (LanguageTag.Vietnamese, "Cho em hỏi muốn đi làm ở Nhật thì cần giấy tờ gì ạ, cảm ơn"),
        (LanguageTag.Chinese, "你好，我想问一下去泰国打工需要什么手续，工资大概是多少，中介费贵不贵，谢谢你们的帮助"),
        (LanguageTag.Indonesian, "Halo kak, saya mau tanya soal lowongan kerja di Malaysia ya"),
    ];

    public static int Run()
    {
        Parts();
        for (var i = 0; i < 3; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var read = Read(0);
            Console.WriteLine($"{(i == 0 ? "cold" : "warm"),-8} {Stopwatch.GetElapsedTime(start).TotalMilliseconds,8:F0} ms to compile {read.PhraseCount} forms");
        }

        foreach (var (name, rules) in new[] { ("as it is", Read(0)), ("10,000 phrases more", Read(10_000)) })
        {
            Console.WriteLine($"{name}: {rules.PhraseCount} forms");
            foreach (var (language, text) in Messages)
            {
                Measure(rules, language, text);
            }
        }

        return 0;
    }

    /// <summary>Where the time of a start goes.</summary>
    private static void Parts()
    {
        var files = Files("triage");
        var start = Stopwatch.GetTimestamp();
        foreach (var file in files.Where(f => f.File.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            YamlReader.Read(file.File, file.Text, new());
        }

        Console.WriteLine($"yaml     {Stopwatch.GetElapsedTime(start).TotalMilliseconds,8:F0} ms");
    }

    private static void Measure(TriageRules rules, LanguageTag language, string text)
    {
        for (var i = 0; i < Rounds; i++)
        {
            rules.Assess(text);
        }

        var best = TimeSpan.MaxValue;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 5; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Rounds / 5; i++)
            {
                rules.Assess(text);
            }

            var time = Stopwatch.GetElapsedTime(start) / (Rounds / 5);
            best = time < best ? time : best;
        }

        bytes = (GC.GetAllocatedBytesForCurrentThread() - bytes) / Rounds;
        Console.WriteLine($"{language,-8} {text.Length,4} characters {best.TotalMicroseconds,8:F1} µs {bytes,6} B");
    }

    private static TriageRules Read(int more)
    {
        var bag = new DiagnosticBag();
        var files = Files("triage");
        if (more > 0)
        {
            // words of our scripts in other orders: a concept of their own, so that nothing else changes
            var rulesAt = files.FindIndex(f => f.File.EndsWith("/rules.yaml", StringComparison.Ordinal));
            files[rulesAt] = new(files[rulesAt].File, files[rulesAt].Text.Replace("concepts:\n", "concepts:\n  - bench\n", StringComparison.Ordinal));
            var at = files.FindIndex(f => f.File.EndsWith("/en.yaml", StringComparison.Ordinal));
            var added = string.Join("\n", Enumerable.Range(0, more).Select(i => $"    - \"{Word(i)} {Word(i / 7)}\""));
            files[at] = new(files[at].File, files[at].Text.Replace("concepts:\n", $"concepts:\n  bench:\n{added}\n", StringComparison.Ordinal));
        }

        var rules = TriageRules.Read(files, Words.Read(Files("words"), bag), bag);
        if (more > 0 && rules.PhraseCount < more + Read(0).PhraseCount)
        {
            throw new InvalidOperationException("the phrases were not added");
        }

        return bag.HasErrors ? throw new InvalidOperationException(bag.Sorted()[0].ToString()) : rules;
    }

    private static string Word(int i)
    {
        string[] parts = ["ba", "นา", "ko", "မြ", "mi", "ក្រ", "sen", "ຫຼ", "thuy", "打"];
        return parts[i % 10] + parts[i / 10 % 10] + parts[i / 100 % 10] + parts[i / 1000 % 10];
    }

    private static List<SourceText> Files(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(RepositoryContent.Root, "dialogs", folder))
            .Where(f => f.EndsWith(".yaml", StringComparison.Ordinal) || f.EndsWith("model.txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(f => new SourceText($"dialogs/{folder}/{Path.GetFileName(f)}", File.ReadAllText(f)))];
}
