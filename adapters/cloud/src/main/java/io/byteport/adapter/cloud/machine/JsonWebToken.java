package io.byteport.adapter.cloud.machine;

import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;

/** Makes signed tokens (RFC 7519) with an RSA key: RS256. */
public final class JsonWebToken {
  private JsonWebToken() {}

  /**
   * @param pem an unencrypted private key, PKCS #8
   * @throws ActionException if the key is not usable; the message does not show it
   */
  public static String signed(Map<String, ?> header, Map<String, ?> claims, String pem)
      throws ActionException {
    String content = encoded(Json.write(header)) + "." + encoded(Json.write(claims));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key(pem));
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException | IllegalArgumentException unusable) {
      throw ActionException.refused(
          FailureKind.FORBIDDEN, "the private key is not usable: expected PKCS #8 of an RSA key");
    }
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    String base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
    return KeyFactory.getInstance("RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
