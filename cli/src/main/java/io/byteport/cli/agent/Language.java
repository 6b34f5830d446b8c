package io.byteport.cli.agent;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.util.List;

/**
 * What an agent reads its files with.
 *
 * @param loader safe for several threads
 * @param library gives the runbooks that come with BytePort
 */
public record Language(ActionCatalogue catalogue, RunbookLoader loader, Library library) {

  /** The runbooks that come with BytePort. */
  @FunctionalInterface
  public interface Library {
    /**
     * @throws IOException if the program's own files cannot be read
     */
    List<SourceFile> runbooks() throws IOException;
  }
}
