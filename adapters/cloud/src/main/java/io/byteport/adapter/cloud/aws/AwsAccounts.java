package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.http.Words;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The accounts of AWS that the inventory has. */
public record AwsAccounts(List<AwsAccount> all) {
  public AwsAccounts {
    all = List.copyOf(all);
  }

  /**
   * The one of that name, else the only one.
   *
   * @throws ActionException if there is none, or it is not said which of several
   */
  AwsAccount named(@Nullable String name) throws ActionException {
    List<AwsAccount> some =
        all.stream().filter(account -> name == null || account.name().equals(name)).toList();
    if (some.size() != 1) {
      throw ActionException.refused(
          some.isEmpty() ? FailureKind.NOT_FOUND : FailureKind.INVALID,
          some.isEmpty()
              ? "the inventory has no connection of the type aws"
                  + (name == null ? "" : " with the name `" + Words.plain(name) + "`")
              : "expected the name of one of the connections "
                  + some.stream().map(AwsAccount::name).toList()
                  + " in `connection`");
    }
    return some.get(0);
  }
}
