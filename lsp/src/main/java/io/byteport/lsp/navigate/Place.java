package io.byteport.lsp.navigate;

import io.byteport.dsl.edit.Occurrence;
import io.byteport.dsl.source.Origin;
import io.byteport.dsl.source.SourceFile;
import io.byteport.lsp.View;
import org.eclipse.lsp4j.Location;

/** A name where it stands, in which file. */
public record Place(SourceFile file, Occurrence occurrence) {

  /** As the protocol has it. */
  public Location location() {
    return View.location(new Origin(file, occurrence.span()));
  }
}
