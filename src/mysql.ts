/**
 * relvar/mysql: databases on MySQL and on MariaDB.
 */
export { mariadb, type MariadbOptions, mysql, type MysqlOptions } from './effects/mysql.js'
export type { CommonOptions, ServerOptions } from './effects/options.js'
