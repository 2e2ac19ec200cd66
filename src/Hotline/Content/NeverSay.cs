using Hotline.Localization;

namespace Hotline.Content;

/// <summary>
/// Phrases that no text of the line may hold, whatever the dialog (wording guide of the house: no verdicts, no promises, no
/// escape plans, no secrecy that cannot be kept). Drafts but for the English: no native speaker has read them.
/// </summary>
internal static class NeverSay
{
    private static readonly Dictionary<LanguageTag, string[]> Phrases = new()
    {
        [LanguageTag.English] =
        [
            "you are a victim", "you're a victim", "you are not a victim", "this is trafficking", "it is not trafficking",
            "you are safe", "you're safe", "help is on the way", "help is coming", "we will rescue", "we'll rescue",
            "go to the police", "just leave", "run away", "escape now", "why did you go", "it will be fine",
            "everything will be ok", "don't worry", "do not worry", "100% secret", "100 % secret", "completely secret",
            "we guarantee", "we promise", "i understand how you feel", "we know how you feel", "somebody else has contacted us",
        ],
        [LanguageTag.Thai] =
            ["คุณเป็นเหยื่อ", "คุณปลอดภัยแล้ว", "ความช่วยเหลือกำลังมา", "กำลังไปช่วย", "เราจะช่วยชีวิตคุณ", "ไม่ต้องกังวล", "ไม่ต้องห่วง", "เรารับประกัน", "เราสัญญา", "หนีออกมา"],
        [LanguageTag.Burmese] =
            ["သင်သည် သားကောင်", "သင် ဘေးကင်းပါပြီ", "သင်လုံခြုံပါပြီ", "အကူအညီ လာနေပြီ", "အကူအညီလာနေပြီ", "စိတ်မပူပါနဲ့", "ထွက်ပြေးပါ", "ကျွန်ုပ်တို့ ကတိပေး"],
        [LanguageTag.Khmer] =
            ["អ្នកជាជនរងគ្រោះ", "អ្នកមានសុវត្ថិភាពហើយ", "ជំនួយកំពុងមក", "កុំបារម្ភ", "យើងធានា", "យើងសន្យា", "រត់គេច"],
        [LanguageTag.Lao] =
            ["ເຈົ້າເປັນເຫຍື່ອ", "ທ່ານເປັນເຫຍື່ອ", "ທ່ານປອດໄພແລ້ວ", "ເຈົ້າປອດໄພແລ້ວ", "ການຊ່ວຍເຫຼືອກຳລັງມາ", "ບໍ່ຕ້ອງກັງວົນ", "ພວກເຮົາຮັບປະກັນ", "ພວກເຮົາສັນຍາ"],
        [LanguageTag.Vietnamese] =
            ["bạn là nạn nhân", "bạn đã an toàn", "bạn an toàn rồi", "sự giúp đỡ đang đến", "chúng tôi sẽ giải cứu", "đừng lo", "mọi chuyện sẽ ổn", "chúng tôi đảm bảo", "chúng tôi hứa", "hãy bỏ trốn"],
        [LanguageTag.Chinese] =
            ["你是受害者", "您是受害者", "你现在安全了", "您现在安全了", "你安全了", "您安全了", "救援正在路上", "救援马上到", "我们会救你", "不用担心", "别担心", "我们保证", "我们承诺", "快逃"],
        [LanguageTag.Indonesian] =
            ["anda adalah korban", "kamu adalah korban", "anda korban", "anda sudah aman", "kamu sudah aman", "bantuan sedang datang", "bantuan segera datang", "kami akan menyelamatkan", "jangan khawatir", "semua akan baik", "kami jamin", "kami janji", "kabur saja"],
    };

    /// <summary>The first forbidden phrase in the text, or <c>null</c>.</summary>
    public static string? Find(string text, LanguageTag language)
    {
        var plain = string.Join(' ', text.Replace('’', '\'').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();
        return Phrases.GetValueOrDefault(language)?.FirstOrDefault(p => plain.Contains(p, StringComparison.Ordinal));
    }
}
