/** The choices of both menus of a room, which are loaded together. */
export { LevelItems } from './LevelItems';
export { RoomItems } from './RoomItems';
