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
import java.util.HexFormat;
import java.util.Map;

/** Makes signed tokens (RFC 7519) with an RSA key: RS256. */
public final class JsonWebToken {
  /** The version, 0, and the algorithm, rsaEncryption without parameters. */
  private static final byte[] HEAD =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private JsonWebToken() {}

  /**
   * @param pem an unencrypted private key, PKCS #8 or #1
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
          FailureKind.FORBIDDEN,
          "the private key is not usable: expected PKCS #8 or #1 of an RSA key");
    }
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    boolean bare = pem.contains("BEGIN RSA PRIVATE KEY");
    String base64 =
        pem.replaceAll("-----(BEGIN|END) (RSA )?PRIVATE KEY-----", "").replaceAll("\\s", "");
    byte[] der = Base64.getDecoder().decode(base64);
    return KeyFactory.getInstance("RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(bare ? wrapped(der) : der));
  }

  /** A key of PKCS #1 as one of PKCS #8: version, algorithm, and the key as octets (RFC 5958). */
  private static byte[] wrapped(byte[] key) {
    byte[] octets = tagged(0x04, key);
    byte[] content = new byte[HEAD.length + octets.length];
    System.arraycopy(HEAD, 0, content, 0, HEAD.length);
    System.arraycopy(octets, 0, content, HEAD.length, octets.length);
    return tagged(0x30, content);
  }

  /** An element of DER with a length of two octets, as each of these is. */
  private static byte[] tagged(int tag, byte[] content) {
    byte[] element = new byte[content.length + 4];
    element[0] = (byte) tag;
    element[1] = (byte) 0x82;
    element[2] = (byte) (content.length >> 8);
    element[3] = (byte) content.length;
    System.arraycopy(content, 0, element, 4, content.length);
    return element;
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
