package io.byteport.adapter.notify.smtp;

import io.byteport.adapter.notify.Telling;
import io.byteport.adapter.notify.http.ChannelSettings;
import io.byteport.adapter.notify.mail.Addresses;
import io.byteport.adapter.notify.mail.Letter;
import io.byteport.engine.channel.Channel;
import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.channel.ChannelType;
import io.byteport.engine.channel.Message;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Sends mail through a server; a connection for each, since notices are few. */
public final class Smtp implements Channel {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ChannelSettings settings;
  private final SmtpSettings server;
  private final Addresses addresses;
  private final Optional<Secret> username;
  private final Optional<Secret> password;
  private final InstantSource clock;
  private final Duration patience;

  /** {@code smtp}. */
  public static final class Type implements ChannelType {
    @Override
    public String name() {
      return "smtp";
    }

    @Override
    public Smtp open(Inventory.Entry entry, InstantSource clock) {
      return new Smtp(new ChannelSettings(entry), clock, PATIENCE);
    }
  }

  /**
   * @param patience for each answer of the server
   */
  Smtp(ChannelSettings settings, InstantSource clock, Duration patience) {
    this.settings = settings;
    this.server = SmtpSettings.of(settings);
    this.addresses = Addresses.of(settings);
    this.username = settings.perhaps("username");
    this.password = settings.perhaps("password");
    if (username.isPresent() != password.isPresent()) {
      throw new IllegalArgumentException(
          "the channel `"
              + settings.entry().name()
              + "` has one of the credentials `username` and `password`, expected both or none");
    }
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  public void send(Message message) throws ChannelException {
    String secret = password.isPresent() ? settings.reveal(password.get()) : "";
    Session session = Session.getInstance(properties());
    Telling telling = new Telling(message);
    try (Transport transport = session.getTransport("smtp")) {
      MimeMessage mail =
          SmtpMail.of(session, telling, addresses, Letter.of(telling, addresses.domain()), clock);
      if (username.isPresent()) {
        transport.connect(settings.reveal(username.get()), secret);
      } else {
        transport.connect();
      }
      transport.sendMessage(mail, mail.getAllRecipients());
    } catch (MessagingException failure) {
      throw SmtpFailure.of(failure, server.host(), secret);
    }
  }

  private java.util.Properties properties() throws ChannelException {
    try {
      return server.properties(patience, username.isPresent());
    } catch (IOException unreadable) {
      throw ChannelException.never(
          "channel `" + settings.entry().name() + "`: " + unreadable.getMessage(), unreadable);
    }
  }
}
