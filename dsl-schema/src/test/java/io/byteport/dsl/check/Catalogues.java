package io.byteport.dsl.check;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.diagnostic.Checked;

/** The catalogue that tests use, read once. */
public final class Catalogues {
  public static final ActionCatalogue TEST = load();

  private Catalogues() {}

  private static ActionCatalogue load() {
    Checked<ActionCatalogue> loaded = ClasspathCatalogue.load(Catalogues.class.getClassLoader());
    return loaded
        .value()
        .orElseThrow(() -> new AssertionError("broken test catalogue: " + loaded.diagnostics()));
  }
}
