/**
 * Where this folder is: the files of workers are started by their paths. It is a CommonJS file, since one text then serves the
 * ESM build and the CommonJS build alike.
 */
export = __dirname
