package io.byteport.adapter.notify.smtp;

import io.byteport.adapter.notify.Cut;
import io.byteport.adapter.notify.Plain;
import io.byteport.engine.channel.ChannelException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a mail server's answer means (RFC 5321, 4.2.1): 4 passes, 5 does not. Pure. */
final class SmtpFailure {
  private static final int LONGEST = 500;
  private static final Pattern CODE = Pattern.compile("(?m)(?:^|response:)\\s*([45])\\d\\d[ -]");

  private SmtpFailure() {}

  /**
   * @param secret what must not be in the message
   */
  static ChannelException of(MessagingException failure, String server, String secret) {
    Set<String> said = new LinkedHashSet<>();
    boolean passes = false;
    boolean refused = false;
    @Nullable Throwable at = failure;
    for (int depth = 0; at != null && depth < 20; depth++) {
      String words = at.getMessage();
      if (words != null && !words.isBlank()) {
        said.add(Plain.line(words));
        Matcher code = CODE.matcher(words);
        while (code.find()) {
          passes |= code.group(1).equals("4");
          refused |= code.group(1).equals("5");
        }
      }
      at = next(at);
    }
    String all = String.join("; ", said);
    String safe = secret.length() < 4 ? all : all.replace(secret, "***");
    String message = Cut.line(safe, LONGEST) + " (SMTP to " + server + ")";
    boolean later = passes || !(refused || failure instanceof AuthenticationFailedException);
    return later
        ? ChannelException.later(message, null, failure)
        : ChannelException.never(message, failure);
  }

  /** The library chains what servers said for each recipient. */
  private static @Nullable Throwable next(Throwable failure) {
    if (failure instanceof MessagingException chained && chained.getNextException() != null) {
      return chained.getNextException();
    }
    return failure.getCause();
  }
}
