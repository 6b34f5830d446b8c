package io.byteport.adapter.host.action;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.regex.Pattern;

/** Names of units (systemd.unit(5)), which may neither be options nor patterns. */
public final class UnitNames {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9:_.@\\\\][A-Za-z0-9:_.@\\\\-]{0,254}");

  private UnitNames() {}

  /**
   * The name, if it can be one.
   *
   * @throws ActionException INVALID otherwise
   */
  public static String checked(String name) throws ActionException {
    if (!NAME.matcher(name).matches()) {
      throw ActionException.refused(
          FailureKind.INVALID, "expected the name of a unit, found `" + name + "`");
    }
    return name;
  }

  /** With its type; a service where none is said. */
  public static String full(String name) {
    return name.matches(
            ".*\\.(service|socket|target|device|mount|automount|swap|timer|path|slice|scope)")
        ? name
        : name + ".service";
  }
}
