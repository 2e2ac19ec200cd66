using BenchmarkDotNet.Attributes;
using Hotline.Content;
using Hotline.Conversations;
using Hotline.Localization;

namespace Hotline.Benchmarks;

/// <summary>The engine alone: one message of the person, triage and flow, on the content of the repository.</summary>
[MemoryDiagnoser]
public class EngineTurns
{
    private static readonly Dictionary<string, string> Messages = new()
    {
        ["en"] = "My boss keeps my passport and I cannot go out",
        ["th"] = "นายจ้างยึดหนังสือเดินทางของฉันและฉันออกไปไม่ได้",
        ["my"] = "အလုပ်ရှင်က ကျွန်မရဲ့ နိုင်ငံကူးလက်မှတ်ကို သိမ်းထားတယ် အပြင်ထွက်လို့မရဘူး",
        ["km"] = "ថៅកែដកលិខិតឆ្លងដែនរបស់ខ្ញុំ ហើយខ្ញុំចេញក្រៅមិនបាន",
        ["lo"] = "ນາຍຈ້າງຍຶດໜັງສືຜ່ານແດນຂອງຂ້ອຍ ແລະ ຂ້ອຍອອກໄປບໍ່ໄດ້",
        ["vi"] = "Ông chủ giữ hộ chiếu của tôi và tôi không thể ra ngoài",
        ["zh-Hans"] = "老板扣了我的护照，我出不去",
        ["id"] = "Majikan menahan paspor saya dan saya tidak bisa keluar",
    };

    private readonly DateTimeOffset _now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private ContentSnapshot _snapshot = null!; // set by Setup before any run
    private Conversation _conversation = null!; // set by Setup before any run
    private TurnInput _message = null!; // set by Setup before any run

    [ParamsSource(nameof(Languages))]
    public string Language { get; set; } = "en";

    public static IEnumerable<string> Languages => LanguageTag.All.Select(l => l.Value);

    [GlobalSetup]
    public void Setup()
    {
        _snapshot = RepositoryContent.Load();
        _message = new TurnInput.MessageReceived("m1", Messages[Language]);
        var begun = Conversation.Begin(new("00000000000000000000000000000001"), "bench", new(new string('a', 64)), new("tel:+10000000000"))
            with { Language = LanguageTag.Parse(Language) };
        _conversation = TurnEngine.Run(_snapshot, begun, new TurnInput.MessageReceived("m0", "1"), _now).Conversation;
    }

    [Benchmark]
    public TurnResult Turn() => TurnEngine.Run(_snapshot, _conversation, _message, _now);
}
