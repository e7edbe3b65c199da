/** What a feature of the engine registers: event codecs, due work, followers and services. */
package io.tasklane.feature;
