package io.byteport.adapter.cloud.http;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads entries of the inventory. Pure, but for secrets. */
public final class Settings {
  private Settings() {}

  /**
   * The entry of a kind: the one of that name, else the only one.
   *
   * @throws ActionException if there is none, or it is not said which of several
   */
  public static Inventory.Entry entry(Inventory inventory, String kind, @Nullable String name)
      throws ActionException {
    List<Inventory.Entry> all = inventory.of(kind);
    if (name != null) {
      return inventory
          .find(kind, name)
          .orElseThrow(
              () ->
                  ActionException.refused(
                      FailureKind.NOT_FOUND,
                      "the inventory has no `" + Words.plain(name) + "` of the type " + kind));
    }
    if (all.size() != 1) {
      throw ActionException.refused(
          FailureKind.INVALID,
          all.isEmpty()
              ? "the inventory has no connection of the type " + kind
              : "expected the name of one of the connections "
                  + all.stream().map(Inventory.Entry::name).toList()
                  + " in `connection`");
    }
    return all.get(0);
  }

  /**
   * Where an entry is: its `address`, else its `endpoint`, else the usual place.
   *
   * @throws ActionException if it is no address
   */
  public static Address address(Inventory.Entry entry, String usual) throws ActionException {
    String text = entry.text("address").or(() -> entry.text("endpoint")).orElse(usual);
    try {
      return Address.of(text);
    } catch (IllegalArgumentException wrong) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "the address of `" + entry.name() + "` is not usable: " + wrong.getMessage());
    }
  }

  /**
   * @throws ActionException if the setting is missing
   */
  public static String text(Inventory.Entry entry, String setting) throws ActionException {
    return entry
        .text(setting)
        .orElseThrow(
            () ->
                ActionException.refused(
                    FailureKind.INVALID,
                    "the connection `" + entry.name() + "` lacks the setting `" + setting + "`"));
  }

  /** A credential, if the entry has it. */
  public static Optional<Secret> secret(Inventory.Entry entry, String name) {
    return Optional.ofNullable(entry.credentials().get(name));
  }

  /** The token of an entry, as a bearer's; refuses a call where there is none. */
  public static Authority bearer(Inventory.Entry entry) {
    return (call, deadline) -> {
      Secret token =
          secret(entry, "token")
              .orElseThrow(
                  () ->
                      ActionException.refused(
                          FailureKind.FORBIDDEN,
                          "the connection `" + entry.name() + "` has no credential `token`"));
      return java.util.Map.of("Authorization", "Bearer " + token.reveal().strip());
    };
  }
}
