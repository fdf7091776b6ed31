package io.natter.chat.domain.person;

import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.util.VersionInfo;
import io.natter.chat.domain.Invisible;
import io.natter.chat.domain.VisibleText;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.regex.Pattern;

/// The look of a name. Two names with one skeleton can be mistaken for each other, as `Ada` and the
/// same in Cyrillic letters. See [UTS #39](https://www.unicode.org/reports/tr39/), section 4.
public final class Skeleton {
    /// The tables that made a skeleton. Those of another version are made again.
    public static final String VERSION = VersionInfo.ICU_VERSION.toString();

    private static final SpoofChecker CHECKER = new SpoofChecker.Builder().build();
    private static final Pattern MARKS_AND_SPACES = Pattern.compile("[\\p{M}\\p{Z}]");

    private Skeleton() {}

    /// The skeleton of a name as it is shown.
    public static String of(String shown) {
        // Before the folding: a capital I looks like a small l, and a small i does not.
        String same = CHECKER.getSkeleton(Invisible.removedFrom(shown));
        String folded = CHECKER.getSkeleton(VisibleText.key(same));
        String bare =
                MARKS_AND_SPACES.matcher(Normalizer.normalize(folded, Form.NFD)).replaceAll("");
        return bare.isEmpty() ? folded : bare;
    }
}
