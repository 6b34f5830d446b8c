/** What the actions take and return: records with the names and types of the catalogue. */
@NullMarked
package io.byteport.adapter.kubernetes.model;

import org.jspecify.annotations.NullMarked;
