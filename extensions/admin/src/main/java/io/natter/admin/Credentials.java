package io.natter.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import com.password4j.BcryptFunction;
import com.password4j.HashingFunction;
import com.password4j.Password;
import java.security.MessageDigest;

/// The one name and password that may come in.
final class Credentials {
    private static final int MAX_LENGTH = 256;

    private final String username;
    private final String hash;
    private final HashingFunction function;

    /// @param hash of bcrypt or Argon2
    /// @throws IllegalArgumentException if it is neither
    Credentials(String username, String hash) {
        this.username = username;
        this.hash = hash;
        this.function = functionOf(hash);
    }

    private static HashingFunction functionOf(String hash) {
        try {
            return hash.startsWith("$argon2")
                    ? Argon2Function.getInstanceFromHash(hash)
                    : BcryptFunction.getInstanceFromHash(hash);
        } catch (BadParametersException | IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the password must be a hash of bcrypt or Argon2, such as $2b$10$…", e);
        }
    }

    /// Takes as long for a wrong name as for a wrong password.
    boolean match(String name, String password) {
        if (name.length() > MAX_LENGTH || password.length() > MAX_LENGTH) {
            return false;
        }
        boolean named = MessageDigest.isEqual(name.getBytes(UTF_8), username.getBytes(UTF_8));
        boolean right = Password.check(password, hash).with(function);
        return named && right; // both have taken their time
    }
}
