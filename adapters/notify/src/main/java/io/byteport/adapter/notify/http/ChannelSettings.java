package io.byteport.adapter.notify.http;

import io.byteport.engine.channel.ChannelException;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says of one channel.
 *
 * @param entry checked against what the catalogue declares
 */
public record ChannelSettings(Inventory.Entry entry) {

  public Optional<String> text(String setting) {
    return entry.text(setting).map(String::strip).filter(text -> !text.isEmpty());
  }

  /**
   * @throws IllegalArgumentException if it is missing
   */
  public String needed(String setting) {
    return text(setting)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the channel `" + entry.name() + "` lacks the setting `" + setting + "`"));
  }

  /**
   * The address of a setting, else the usual one.
   *
   * @throws IllegalArgumentException if it is not usable
   */
  public Destination destination(String setting, String usual) {
    try {
      return Destination.of(text(setting).orElse(usual));
    } catch (IllegalArgumentException unusable) {
      throw new IllegalArgumentException(
          "`" + setting + "` of the channel `" + entry.name() + "`: " + unusable.getMessage(),
          unusable);
    }
  }

  /**
   * @throws IllegalArgumentException if the channel has no such credential
   */
  public Secret credential(String name) {
    @Nullable Secret secret = entry.credentials().get(name);
    if (secret == null) {
      throw new IllegalArgumentException(
          "the channel `" + entry.name() + "` lacks the credential `" + name + "`");
    }
    return secret;
  }

  public Optional<Secret> perhaps(String name) {
    return Optional.ofNullable(entry.credentials().get(name));
  }

  /**
   * What a secret is now, without spaces and line ends around it.
   *
   * @throws ChannelException if it cannot be read; later where that may pass
   */
  public String reveal(Secret secret) throws ChannelException {
    try {
      return secret.reveal().strip();
    } catch (ActionException unreadable) {
      String said = "channel `" + entry.name() + "`: " + unreadable.reason();
      boolean passing =
          unreadable.kind() == FailureKind.UNREACHABLE || unreadable.kind() == FailureKind.TIMEOUT;
      throw passing
          ? ChannelException.later(said, null, unreadable)
          : ChannelException.never(said, unreadable);
    }
  }

  /**
   * The address that a secret holds.
   *
   * @throws ChannelException if it cannot be read or used
   */
  public Destination secretDestination(Secret secret) throws ChannelException {
    String address = reveal(secret);
    try {
      return Destination.of(address);
    } catch (IllegalArgumentException unusable) {
      throw ChannelException.never(
          "channel `" + entry.name() + "`, " + secret + ": " + unusable.getMessage(), unusable);
    }
  }
}
