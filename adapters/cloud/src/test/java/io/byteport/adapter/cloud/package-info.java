/** The actions over their APIs, against servers that hold them to the published contracts. */
@NullMarked
package io.byteport.adapter.cloud;

import org.jspecify.annotations.NullMarked;
