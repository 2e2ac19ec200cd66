namespace Hotline.Text;

/// <summary>
/// Lao typed with a Thai keyboard, as many do who work in Thailand. Isan is written the same way, so it is never certain:
/// who writes so can read Thai.
/// </summary>
internal static class ThaiScript
{
    /// <summary>Words that Thai does not have; one is enough.</summary>
    private static readonly string[] Lao = Keys(
        "ข้อย", "ข่อย", "เฮ็ด", "เฮัด", "เฮ็ดเวียก", "อยู่ใส", "ไปใส", "มาแต่ใส", "อีหยัง", "หยังบ่", "จั่งใด", "จั่งซี่", "จังใด๋", "บ่ได้", "บ่แม่น", "บ่ฮู้", "บ่มี",
        "บ่ให้", "บ่เห็น", "บ่อยาก", "บ่เอา", "บ่เป็น", "ได้บ่", "แม่นบ่", "ดีบ่", "มีบ่", "ซ่อยแด่", "ซอยแด่", "ซ่อย", "เมือบ้าน", "พวกเฮา", "หมู่เฮา", "ผู้ใด๋",
        "เพิ่นตี", "เบิ่ง", "ฮู้จัก", "เฮือน", "หลายๆเด้อ", "เด้อ", "ขอบใจหลาย", "เว้าลาว", "เว้าภาษา", "เว้านำ", "สิเฮ็ด", "สิไป", "ย่านหลาย");

    /// <param name="key">A key of <see cref="TextNormalizer.Key"/>.</param>
    public static bool IsLao(string key)
    {
        foreach (var word in Lao)
        {
            var at = key.IndexOf(word, StringComparison.Ordinal);
            if (at >= 0 && ClusterEdges.IsEdge(key, at) && ClusterEdges.IsEdge(key, at + word.Length))
            {
                return true;
            }
        }

        return false;
    }

    private static string[] Keys(params ReadOnlySpan<string> words) => [.. words.ToArray().Select(TextNormalizer.Key)];
}
