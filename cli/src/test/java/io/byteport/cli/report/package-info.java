/** Tests of the formats of reports. */
@NullMarked
package io.byteport.cli.report;

import org.jspecify.annotations.NullMarked;
