package io.byteport.dsl.diagnostic;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;

/** Another place that belongs to a finding, with what it has to do with it. */
public record Related(SourceFile file, Span span, String message) {}
