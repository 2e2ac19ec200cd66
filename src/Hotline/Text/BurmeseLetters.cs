namespace Hotline.Text;

/// <summary>How Burmese is typed and shown on a phone. Both use the same code points in different meanings.</summary>
public enum BurmeseLetters
{
    Unicode,
    Zawgyi,
}
