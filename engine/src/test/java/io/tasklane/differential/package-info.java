/**
 * The differential test: scripts drawn from seeds are run by the engine, over every route that a
 * command can take to the database, and by a model in plain Java; what readers see must be equal.
 *
 * <p>{@code EngineParts}, {@code EngineValues}, {@code EngineUnderTest}, {@code EngineReaders},
 * {@code Nodes} and {@code RouteNode} touch the engine; the others speak the script's own words.
 */
package io.tasklane.differential;
