package io.byteport.adapter.notify.postmark;

import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.mail.Addresses;
import io.byteport.adapter.notify.mail.Letter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mail as Postmark's API takes it. Pure.
 *
 * @see <a href="https://postmarkapp.com/developer/api/email-api">Email API</a>
 */
final class PostmarkMail {
  private PostmarkMail() {}

  /**
   * @param stream of Postmark, such as {@code outbound}
   */
  static Map<String, Object> of(Telling telling, Addresses addresses, String stream) {
    Letter letter = Letter.of(telling, addresses.domain());
    Map<String, Object> mail = new LinkedHashMap<>();
    mail.put("From", addresses.from());
    mail.put("To", String.join(", ", addresses.to()));
    addresses.copyTo(telling.mention()).ifPresent(address -> mail.put("Cc", address));
    mail.put("Subject", letter.subject());
    mail.put("TextBody", letter.text());
    mail.put("HtmlBody", letter.html());
    mail.put("MessageStream", stream);
    mail.put("TrackOpens", false);
    mail.put("TrackLinks", "None");
    mail.put("Tag", telling.message().notice().event());
    List<Map<String, Object>> headers = new ArrayList<>();
    letter.headers().forEach((name, value) -> headers.add(header(name, value)));
    headers.add(header("X-PM-KeepID", "true"));
    mail.put("Headers", headers);
    List<Map<String, Object>> files = new ArrayList<>();
    letter.attachments().forEach((name, text) -> files.add(file(name, text)));
    if (!files.isEmpty()) {
      mail.put("Attachments", files);
    }
    return mail;
  }

  private static Map<String, Object> header(String name, String value) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("Name", name);
    header.put("Value", value);
    return header;
  }

  private static Map<String, Object> file(String name, String text) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("Name", name);
    file.put("Content", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    file.put("ContentType", "text/plain");
    return file;
  }
}
