package io.byteport.adapter.cloud;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes what a request's signature must be, from the description of Signature Version 4 and not
 * with the library that made it.
 */
final class SignatureCheck {
  private static final Pattern HEADER =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request,"
              + " SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");

  private SignatureCheck() {}

  /** Whether the signature of a POST to the root is right, for {@code keyId/region/service}. */
  static boolean holds(ContractServer.Seen seen, String secret, String scope) {
    Matcher matcher = HEADER.matcher(seen.header("authorization"));
    if (!matcher.matches()
        || !scope.equals(matcher.group(1) + "/" + matcher.group(3) + "/" + matcher.group(4))) {
      return false;
    }
    StringBuilder headers = new StringBuilder();
    for (String name : matcher.group(5).split(";", -1)) {
      headers.append(name).append(':').append(seen.header(name).strip()).append('\n');
    }
    String request =
        String.join(
            "\n",
            seen.method(),
            seen.path(),
            "",
            headers,
            matcher.group(5),
            hex(sha256(seen.body())));
    String credential =
        matcher.group(2) + "/" + matcher.group(3) + "/" + matcher.group(4) + "/aws4_request";
    String toSign =
        String.join(
            "\n", "AWS4-HMAC-SHA256", seen.header("x-amz-date"), credential, hex(sha256(request)));
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : credential.split("/", -1)) {
      key = hmac(key, part);
    }
    return hex(hmac(key, toSign)).equals(matcher.group(6).toLowerCase(Locale.ROOT));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
