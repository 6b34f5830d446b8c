package io.byteport.lsp;

import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.workspace.LibraryFiles;
import io.byteport.dsl.workspace.RunbookLookup;

/**
 * The language as the program that starts the server knows it.
 *
 * @param loader over every action there is; it finds no libraries yet
 * @param runbooks those that come with the program
 * @param libraries those that come with the program
 */
public record Language(
    RunbookLoader loader, RunbookLookup.Shipped runbooks, LibraryFiles.Shipped libraries) {}
