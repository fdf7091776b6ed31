package io.natter.protocol.json;

import java.math.BigDecimal;

/// A JSON number as JavaScript's `String(n)` writes it (ECMA-262, Number::toString). The name of an
/// event may be a number, and `1`, `1.0` and `"1"` are the same name.
public final class JsNumber {
    private JsNumber() {}

    public static String text(double number) {
        if (number == 0) {
            return "0";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "Infinity" : "-Infinity";
        }
        BigDecimal exact = new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros();
        String digits = exact.unscaledValue().toString();
        // The decimal point stands behind this many of the digits.
        int point = digits.length() - exact.scale();
        String text;
        if (point > 21 || point <= -6) {
            int power = point - 1;
            String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
            text = digits.charAt(0) + fraction + (power < 0 ? "e-" : "e+") + Math.abs(power);
        } else if (point <= 0) {
            text = "0." + "0".repeat(-point) + digits;
        } else if (point >= digits.length()) {
            text = digits + "0".repeat(point - digits.length());
        } else {
            text = digits.substring(0, point) + "." + digits.substring(point);
        }
        return number < 0 ? "-" + text : text;
    }
}
