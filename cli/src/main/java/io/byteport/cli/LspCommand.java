package io.byteport.cli;

import io.byteport.lsp.BytePortServer;
import io.byteport.lsp.Language;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves an editor. */
@Command(
    name = "lsp",
    description = {
      "Serve an editor by the Language Server Protocol on standard input and output.",
      "Editors start this themselves; docs/editors.md says how to set each up."
    })
final class LspCommand implements Callable<Integer> {
  @Option(
      names = "--stdio",
      description = "Standard input and output, which is what is spoken in any case.")
  private boolean stdio;

  @Override
  public Integer call() throws InterruptedException {
    // What a library prints would stand in the middle of a message.
    System.setOut(System.err);
    Language language =
        new Language(
            io.byteport.cli.Language.load().loader(), Library::runbooks, Library::shared);
    boolean ended =
        new BytePortServer(language, Main.version())
            .serve(
                new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    return ended ? ExitStatus.OK : ExitStatus.FINDINGS;
  }
}
