package io.byteport.adapter.sql.connect;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.Inventory.Entry;
import io.byteport.engine.spi.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Who we are to a server. The user may be a setting or a credential, the password is a credential;
 * either may be missing. Never printed.
 */
public record Login(@Nullable String user, @Nullable String password) {

  /** Reads the credentials as they are now. */
  static Login of(Entry entry) throws ActionException {
    @Nullable Secret name = entry.credentials().get("username");
    @Nullable Secret password = entry.credentials().get("password");
    return new Login(
        name == null ? entry.text("username").orElse(null) : name.reveal(),
        password == null ? null : password.reveal());
  }

  @Override
  public String toString() {
    return "Login[user=" + user + "]";
  }
}
