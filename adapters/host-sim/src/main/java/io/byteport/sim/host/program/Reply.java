package io.byteport.sim.host.program;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a program left behind.
 *
 * @param status its exit status
 */
@SuppressWarnings(
    "ArrayRecordComponent") // what a program printed is read, never compared or changed
public record Reply(int status, byte[] stdout, byte[] stderr) {
  private static final byte[] NOTHING = new byte[0];

  static final Reply SILENT = new Reply(0, NOTHING, NOTHING);

  static Reply prints(String text) {
    return new Reply(0, text.getBytes(StandardCharsets.UTF_8), NOTHING);
  }

  /** Texts that end with NUL each. */
  static Reply nulSeparated(List<String> texts) {
    return prints(texts.isEmpty() ? "" : String.join("\0", texts) + "\0");
  }

  static Reply prints(byte[] bytes) {
    return new Reply(0, bytes, NOTHING);
  }

  /** Ends with a status and says why. */
  static Reply fails(int status, String words) {
    return new Reply(status, NOTHING, (words + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static Reply status(int status) {
    return new Reply(status, NOTHING, NOTHING);
  }

  static Reply both(int status, String stdout, String stderr) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(stdout.getBytes(StandardCharsets.UTF_8));
    return new Reply(status, out.toByteArray(), stderr.getBytes(StandardCharsets.UTF_8));
  }
}
