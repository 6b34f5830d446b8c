package io.byteport.adapter.notify.mail;

import io.byteport.adapter.notify.Cut;
import io.byteport.adapter.notify.Telling;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A message as a mail. Mails about one incident belong to one thread: each answers a first one that
 * all can name and nobody sent (RFC 5322, 3.6.4). The same message has the same identity however
 * often it is sent, so that a mailbox may show it once.
 *
 * @param attachments texts by the name of their file
 */
public record Letter(
    String subject,
    String text,
    String html,
    Map<String, String> headers,
    Map<String, String> attachments) {
  private static final int SUBJECT = 200;
  private static final int ATTACHMENT = 500_000;
  private static final int MOST_ATTACHMENTS = 10;

  public Letter {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    attachments = Collections.unmodifiableMap(new LinkedHashMap<>(attachments));
  }

  /**
   * @param domain of the sender, for identities: {@code example.com}
   */
  public static Letter of(Telling telling, String domain) {
    return new Letter(
        subject(telling),
        LetterText.of(telling),
        LetterHtml.of(telling),
        headers(telling, domain),
        files(telling));
  }

  private static String subject(Telling telling) {
    String urgent = telling.severity().equalsIgnoreCase("critical") ? "[critical] " : "";
    return Cut.line(urgent + telling.heading(), SUBJECT);
  }

  private static Map<String, String> headers(Telling telling, String domain) {
    Map<String, String> headers = new LinkedHashMap<>();
    String thread = "<incident." + telling.incident() + ".byteport@" + domain + ">";
    headers.put("Message-ID", "<notice." + telling.key() + ".byteport@" + domain + ">");
    headers.put("In-Reply-To", thread);
    headers.put("References", thread);
    headers.put("Auto-Submitted", "auto-generated");
    headers.put("X-BytePort-Run", ascii(telling.message().run().value()));
    headers.put("X-BytePort-Event", ascii(telling.message().notice().event()));
    if (telling.severity().equalsIgnoreCase("critical")) {
      headers.put("Importance", "high");
    }
    return headers;
  }

  private static String ascii(String text) {
    return Cut.line(text.replaceAll("[^A-Za-z0-9._-]", "-"), 100).replace("…", "-");
  }

  private static Map<String, String> files(Telling telling) {
    Map<String, String> files = new LinkedHashMap<>();
    for (Map.Entry<String, String> attachment : telling.attachments().entrySet()) {
      if (files.size() < MOST_ATTACHMENTS) {
        files.put(file(attachment.getKey()), Cut.text(attachment.getValue(), ATTACHMENT));
      }
    }
    return files;
  }

  /** {@code decision-tree.txt}. */
  static String file(String title) {
    String name = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String trimmed = name.replaceAll("^-|-$", "");
    return (trimmed.isEmpty() ? "attachment" : Cut.line(trimmed, 60).replace("…", "")) + ".txt";
  }

  /** Which files a reader finds with the mail. */
  static List<String> attached(Telling telling) {
    return List.copyOf(files(telling).keySet());
  }
}
