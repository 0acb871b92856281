export { Card } from './components/card.tsx';
export { Page } from './components/page.tsx';
export { PersonAvatar, PersonName } from './components/person.tsx';
export { chooseMessageFormat } from './frame/choices.ts';
export { Frame } from './frame/frame.tsx';
export { homePath, provideModules } from './frame/modules.ts';
export { PageFailed, PageMissing } from './frame/page-states.tsx';
export { tellNews } from './news/tell.ts';
export { guard, personName, signedIn, useMe, usePeople, usePerson, useRight, useTeams } from './session.ts';
