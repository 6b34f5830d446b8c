/** What the mappers of all sources share: words for severities, tables of signals, fingerprints. */
@NullMarked
package io.byteport.adapter.alerts.reading;

import org.jspecify.annotations.NullMarked;
