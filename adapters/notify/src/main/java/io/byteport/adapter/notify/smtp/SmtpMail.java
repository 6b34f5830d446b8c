package io.byteport.adapter.notify.smtp;

import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.mail.Addresses;
import io.byteport.adapter.notify.mail.Letter;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Optional;

/** A letter as MIME: text and HTML as alternatives, attachments beside them. */
final class SmtpMail extends MimeMessage {
  private final String identity;

  private SmtpMail(Session session, String identity) {
    super(session);
    this.identity = identity;
  }

  @SuppressWarnings("JavaUtilDate") // the library takes nothing else
  static SmtpMail of(
      Session session, Telling telling, Addresses addresses, Letter letter, InstantSource clock)
      throws MessagingException {
    SmtpMail mail = new SmtpMail(session, letter.headers().getOrDefault("Message-ID", ""));
    mail.setFrom(new InternetAddress(addresses.from()));
    for (String to : addresses.to()) {
      mail.addRecipient(RecipientType.TO, new InternetAddress(to));
    }
    Optional<String> copy = addresses.copyTo(telling.mention());
    if (copy.isPresent()) {
      mail.addRecipient(RecipientType.CC, new InternetAddress(copy.get()));
    }
    mail.setSubject(letter.subject(), "UTF-8");
    mail.setSentDate(Date.from(clock.instant()));
    for (Map.Entry<String, String> header : letter.headers().entrySet()) {
      mail.setHeader(header.getKey(), header.getValue());
    }
    MimeMultipart bodies = new MimeMultipart("alternative");
    bodies.addBodyPart(part(letter.text(), "plain"));
    bodies.addBodyPart(part(letter.html(), "html"));
    MimeMultipart whole = new MimeMultipart("mixed");
    MimeBodyPart first = new MimeBodyPart();
    first.setContent(bodies);
    whole.addBodyPart(first);
    for (Map.Entry<String, String> file : letter.attachments().entrySet()) {
      MimeBodyPart attached = part(file.getValue(), "plain");
      attached.setFileName(file.getKey());
      attached.setDisposition(MimeBodyPart.ATTACHMENT);
      whole.addBodyPart(attached);
    }
    mail.setContent(whole);
    mail.saveChanges();
    return mail;
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text, "UTF-8", subtype);
    return part;
  }

  /** The identity that the letter has, in place of one that is new each time. */
  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", identity);
  }
}
